"""For the parts of Ingress' tests that are in Python: results as lines, and what they come to at the end."""
import os, sys

failed = False


def check(name, good, *what):
    global failed
    print(("ok " if good else "not ok ") + name)
    if not good:
        failed = True
        for w in what:
            print("    " + str(w)[:2000].replace("\n", "\n    "))
    sys.stdout.flush()


def end():
    os._exit(1 if failed else 0)
