"""A person opened at one part of the record."""


def test_the_tab_line_shows_the_tab_that_was_asked_for(window, line, settled):
    window.open_person(line.person_id, tab="move_on")
    settled(window)
    page = window.navigator.current_page()
    assert page.stack.currentWidget() is page.move_on_tab
    assert page.tabs.key() == "move_on"
