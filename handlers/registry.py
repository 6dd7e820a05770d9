"""All features: modules of these folders, and of those in them, that end in `register`; the catch-alls come last."""

from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Final

from handlers import account, admin, questions, requests, training
from handlers.framework import errors
from handlers.framework.application import CoachApplication
from handlers.prompts import registry, setup
from handlers.questions import private_messages

FOLDERS: Final = (account, training, questions, requests, admin)


def _features() -> tuple[ModuleType, ...]:
    names = (each.name for folder in FOLDERS for each in walk_packages(folder.__path__, f"{folder.__name__}."))
    found = [module for module in map(import_module, names) if hasattr(module, "register")]
    return (setup, *(module for module in found if module is not private_messages), errors, private_messages)


FEATURES: Final = _features()


def register(application: CoachApplication) -> None:
    """Hook up every question and every feature."""
    for prompt in registry.PROMPTS:
        prompt.register(application)
    for feature in FEATURES:
        feature.register(application)
