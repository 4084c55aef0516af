"""Language, theme, zoom and demo: switched while the window is open, remembered when it is closed."""

import pytest


def ground(window) -> int:
    """How bright the page is, from 0 to 765: the pixel just left of its title."""
    left, top, _, _ = window.region("Bank deposits", role="label")
    return sum(window.screenshot((left - 8, top, 1, 1)).getpixel((0, 0)))


def close(window):
    window.close()
    assert window.wait_exit() == 0


def test_everything_speaks_the_chosen_language(start):
    window = start()
    window.click("Language")
    window.wait_for("下载", role="button")
    assert {"下载按钮", "银行存款", "关于", "语言", "主题"} <= set(window.names())
    window.close_menu("语言")
    window.click("关于", role="button")
    window.wait_for("关于", role="frame")
    window.click("语言")
    window.wait_for("Download", role="button")
    assert window.find_all("About", role="frame")


def test_the_notice_in_chinese(start):
    window = start("--lang", "zh-CN", "--variant", "worker_thread", "--set", "seconds=0.1", "--demo", "responsive_ui")
    window.click("下载", role="button")
    window.wait_for("提示", role="frame")
    window.wait_for("下载完成!")
    window.wait_for(startswith="结果:", role="label")


def test_the_theme_changes_the_ground(start):
    window = start("--demo", "bank_lock", "--theme", "light")
    assert ground(window) > 600
    names = window.names("button")
    window.click("Theme")
    window.wait_until(lambda: ground(window) < 150, "the dark theme")
    window.close_menu("Theme")
    assert window.names("button") == names


def test_choices_are_remembered(start):
    window = start()
    window.click("Bank deposits", role="toggle button")
    window.wait_for("Run")
    window.click("Theme")
    window.wait_until(lambda: ground(window) > 600, "the light theme")
    window.close_menu("Theme")
    for _ in range(2):
        before = window.region("Compare")[3]
        window.key("ctrl+plus")
        window.wait_until(lambda: window.region("Compare")[3] > before, "it grows")
    height, size = window.region("Compare")[3], window.region()[2:]
    window.click("Language")
    window.wait_for("运行", role="button")
    window.close_menu("语言")
    close(window)

    again = start()
    assert again.find("对比").name
    assert again.region("对比")[3] == height
    assert again.region()[2:] == size
    left, top, _, _ = again.region("银行存款", role="label")
    assert sum(again.screenshot((left - 8, top, 1, 1)).getpixel((0, 0))) > 600


def test_what_the_command_line_asks_for_is_not_remembered(start):
    plain = start()
    names, place = set(plain.names()), plain.region("Settings")
    close(plain)
    close(start("--lang", "zh-CN", "--theme", "dark", "--demo", "bank_lock", "--zoom", "1.5"))
    again = start()
    assert {"Download", "Settings"} <= set(again.names())
    assert again.region("Settings") == place
    again.click("Bank deposits", role="toggle button")
    again.wait_for("Run")
    assert ground(again) > 600, "light, where the system names no theme"


def test_settings_that_cannot_be_read_are_forgotten(start, tmp_path):
    window = start()
    window.click("Bank deposits", role="toggle button")
    window.click("Language")
    window.wait_for("语言")
    close(window)
    (stored,) = tmp_path.rglob("app.ron")
    assert "zh-CN" in stored.read_text()
    stored.write_text(stored.read_text().replace("zh-CN", "tlh"))
    again = start()
    assert again.find_all("Settings")
    assert again.find_all("Bank deposits", role="label"), "what can be read is remembered"
    stored.write_text("{")
    assert start().find_all("Settings")
