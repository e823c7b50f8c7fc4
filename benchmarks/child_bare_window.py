"""A bare PySide6 window with one label, in a process of its own: the floor of start-up time and memory."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.memory import resident_mb


def main() -> None:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("MHTracker"))
    window.resize(1440, 900)
    window.show()
    window.repaint()
    QTimer.singleShot(0, app.quit)
    app.exec()
    print(json.dumps({"resident_mb": resident_mb()}))


if __name__ == "__main__":
    main()
