# Django 的 MySQL 后端要的是 mysqlclient；PyMySQL 不需要编译，用法相同，在这里冒名顶替。
import pymysql

pymysql.install_as_MySQLdb()
