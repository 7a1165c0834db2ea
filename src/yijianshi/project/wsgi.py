"""The application that the web server runs, in each of its workers."""

import gc
import os

import django
from django.core.handlers.wsgi import WSGIHandler

from yijianshi.project.lifeline import SUPERVISED, end_with_parent
from yijianshi.project.machines import MachineHandler, by_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.project.settings")
if os.environ.get(SUPERVISED):
    end_with_parent()  # a worker must not outlive a web server that was killed
django.setup(set_prefix=False)

from yijianshi.project.machine_api import MachineApplication  # noqa: E402 - Django must be set up first

# What the start made lives as long as the process; the collector need not walk through it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)

application = by_path(people=WSGIHandler(), machines=MachineApplication(MachineHandler()))
