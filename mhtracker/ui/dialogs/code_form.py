"""Adding an entry to a code list, or changing one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mhtracker.domain.names import fold
from mhtracker.domain.records import CodeItem
from mhtracker.operations.settings import save_code
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form


class CodeForm(FormPanel):
    """Changes the entry of `code_id`, or adds one to `list_name`."""

    def __init__(self, context: Context, *, list_name: str = "", code_id: str | None = None) -> None:
        self._list_name, self._code_id = list_name, code_id
        title, primary = ("Change an entry", "Save entry") if code_id else ("Add an entry", "Add entry")
        super().__init__(
            context,
            title,
            primary=primary,
            key=f"code::{code_id or list_name}",
            args={"code_id": code_id} if code_id else {"list_name": list_name},
        )

    def read(self, store: Store) -> CodeItem | None:
        return store.get(CodeItem, self._code_id) if self._code_id else None

    def make_form(self, data: CodeItem | None) -> Form:
        theme, today = self.theme, lambda: self.context.today
        form = Form(
            theme,
            Ask("label", LineEdit(theme), of=(CodeItem, "label")),
            Ask("valid_from", DateEdit(theme, today), of=(CodeItem, "valid_from"), help="Empty: always."),
            Ask("valid_to", DateEdit(theme, today), of=(CodeItem, "valid_to"), help="Empty: it goes on being offered."),
            name="Entry",
        )
        self.base = data
        if data is not None:
            form.set_values({name: getattr(data, name) for name in ("label", "valid_from", "valid_to")})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> CodeItem:
        if self.base is not None:
            return save_code(store, replace(self.base, **values))
        taken = {item.code for item in store.codes(self._list_name)}
        base = re.sub(r"[^a-z0-9]+", "_", fold(values["label"])).strip("_")[:40] or "entry"
        code = next(each for each in (base, *(f"{base}_{n}" for n in range(2, 1000))) if each not in taken)
        return save_code(store, CodeItem(id="", list_name=self._list_name, code=code, **values))

    def said(self, result: CodeItem) -> str:
        return f"{'Changed' if self._code_id else 'Added'} “{result.label}”."
