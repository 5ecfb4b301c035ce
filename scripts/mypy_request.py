"""Tell mypy that a request carries `who`: the people middleware puts it there.

Everywhere a view may then take Django's own `HttpRequest`, as its decorators expect.
"""

from collections.abc import Callable

from mypy.nodes import MDEF, SymbolTableNode, Var
from mypy.plugin import ClassDefContext, Plugin
from mypy.types import AnyType, TypeOfAny


class RequestPlugin(Plugin):
    def get_customize_class_mro_hook(
        self, fullname: str
    ) -> Callable[[ClassDefContext], None] | None:
        return _add_who if fullname == "django.http.request.HttpRequest" else None


def _add_who(context: ClassDefContext) -> None:
    who = Var("who", AnyType(TypeOfAny.explicit))
    who.info = context.cls.info
    who._fullname = f"{context.cls.fullname}.who"
    context.cls.info.names["who"] = SymbolTableNode(MDEF, who)


def plugin(version: str) -> type[Plugin]:
    return RequestPlugin
