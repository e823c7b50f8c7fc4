"""What a document is called and about, and whether it is printed in packs. What it holds does not change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.records import Document
from mhtracker.operations.documents import edit_document
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, TextEdit


class DocumentForm(FormPanel):
    """Renames a document, says what it is about, and chooses it for packs."""

    def __init__(self, context: Context, *, person_id: str, document_id: str) -> None:
        self._document_id = document_id
        super().__init__(
            context,
            "Change a document",
            primary="Change document",
            key=f"edit_document:{person_id}:{document_id}",
            person_id=person_id,
            args={"document_id": document_id},
        )

    def read(self, store: Store) -> tuple[Document, list[Choice]]:
        document = store.get(Document, self._document_id)
        return document, code_choices(store, "document_kind", document.about)

    def make_form(self, data: tuple[Document, list[Choice]]) -> Form:
        self.base, kinds = data
        theme = self.theme
        form = Form(
            theme,
            Ask("name", LineEdit(theme), of=(Document, "name"), help="Its ending stays that of what it holds."),
            Ask("about", ChoiceEdit(theme, kinds, blank="Not said"), of=(Document, "about")),
            Ask(
                "dated_on",
                DateEdit(theme, lambda: self.context.today),
                of=(Document, "dated_on"),
                help="The day that stands on the paper.",
            ),
            Ask("note", TextEdit(theme, lines=3), of=(Document, "note"), help=""),
            Ask("in_packs", CheckEdit(theme, "Print it after the person’s pages in packs"), label="", required=False),
            name="Document",
        )
        names = ("name", "about", "dated_on", "note", "in_packs")
        form.set_values({name: getattr(self.base, name) for name in names})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Document:
        return edit_document(store, self._document_id, base=self.base, **values)

    def said(self, result: Document) -> str:
        return f"Changed {result.name}."
