package org.azekura.driver.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.device.Library;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The engineer's commands {@code tape:sense} and {@code tape:cdb}. Thread-safe. */
@Component(service = TapeConsole.class, property = {"osgi.command.scope=tape", "osgi.command.function=sense", "osgi.command.function=cdb"})
public final class TapeConsole {

    private final List<TapeDevice> devices = new CopyOnWriteArrayList<>();

    @Reference(service = Library.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Library library) {
        if (library instanceof TapeDevice device) {
            devices.add(device);
        }
    }

    void unbind(Library library) {
        devices.removeIf(device -> device == library);
    }

    /** @param address of a drive or robot; without, those that there are */
    public String sense(String... address) throws BackupException {
        if (address.length != 1) {
            return "tape:sense ADDRESS" + known();
        }
        return find(address[0]).sense(address[0]);
    }

    /** @param arguments [--force], an address, the command in hexadecimal, and how many bytes to read */
    public String cdb(String... arguments) throws BackupException {
        List<String> left = new ArrayList<>(List.of(arguments));
        boolean force = left.remove("--force");
        if (left.size() < 2 || left.size() > 3 || left.size() == 3 && !left.get(2).matches("[0-9]{1,6}")) {
            return "tape:cdb [--force] ADDRESS \"00 00 00 00 00 00\" [BYTES]" + known();
        }
        return find(left.getFirst()).cdb(left.getFirst(), left.get(1), left.size() == 3 ? Integer.parseInt(left.get(2)) : 0, force);
    }

    private String known() {
        return String.join("", devices.stream().flatMap(device -> device.commands().locations().stream()).map(one -> "%n  ".formatted() + one).toList());
    }

    private TapeCommands find(String address) throws BackupException {
        return devices.stream().map(TapeDevice::commands).filter(commands -> commands.has(address)).findFirst()
                .orElseThrow(() -> Trouble.operator("tape.unknown", address, "no device of the driver tape has a drive or changer at " + address + known()));
    }
}
