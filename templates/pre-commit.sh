#!/bin/sh
# git runs this once you have typed: git config core.hooksPath .githooks
npx --no -- runbook lint
