"""Calls over a message bus."""

from gi.repository import Gio, GLib

DAEMON = "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"


class Bus:
    def __init__(self, address: str):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self._connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        # The bus is ended before the tests are; without this GLib would end them with it.
        self._connection.set_exit_on_close(False)

    def call(
        self, name: str, path: str, interface: str, method: str, signature="()", *arguments, millis=5_000
    ) -> tuple:
        """Calls a method and waits for its answer. Raises `GLib.Error`."""
        sent = GLib.Variant(signature, arguments)
        reply = self._connection.call_sync(
            name, path, interface, method, sent, None, Gio.DBusCallFlags.NONE, millis, None
        )
        return reply.unpack()

    def start_service(self, name: str) -> int:
        """Has the bus start a service unless it runs already. Returns its pid."""
        self.call(*DAEMON, "StartServiceByName", "(su)", name, 0)
        return self.pid_behind(name)

    def pid_behind(self, name: str) -> int:
        return self.call(*DAEMON, "GetConnectionUnixProcessID", "(s)", name)[0]

    def watch(self, interface: str):
        """Lets the signals of an interface wake `wait_for_signal`."""
        self._connection.signal_subscribe(
            None, interface, None, None, None, Gio.DBusSignalFlags.NONE, lambda *_: None
        )


def wait_for_signal(seconds: float):
    """Waits until a watched signal arrives, or the time is up."""
    context = GLib.MainContext.default()
    timer = GLib.timeout_add(max(1, int(seconds * 1000)), lambda: GLib.SOURCE_CONTINUE)
    context.iteration(True)
    GLib.source_remove(timer)
    # A redrawn window announces all its changes together.
    while context.pending():
        context.iteration(False)
