import threading
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
import traceback
orig = BaseDatabaseWrapper.close
def close(self):
    if threading.current_thread() is not threading.main_thread() and self is MAIN[0]:
        print("CLOSED BY", threading.current_thread(), flush=True); traceback.print_stack()
    return orig(self)
MAIN=[None]
BaseDatabaseWrapper.close = close
def test_x(phone, login, world):
    MAIN[0]=connections["default"]
    print("main", id(connections["default"]), flush=True)
    login(phone, world.users["consultant"])
    print("main2", id(connections["default"]), flush=True)
    phone.goto("/")
    print("main3", id(connections["default"]), flush=True)
def test_y(phone, login, world):
    test_x(phone, login, world)
