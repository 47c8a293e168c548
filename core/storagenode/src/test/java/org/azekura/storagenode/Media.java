package org.azekura.storagenode;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.driver.SettingsForm;
import org.azekura.storagenode.device.FolderStore;
import org.azekura.storagenode.driver.Drivers;
import org.azekura.storagenode.driver.Forms;

/** Serves at once what lies in a folder, and remembers it in a file, as the framework's configurations do. */
final class Media implements Drivers {

    private final StorageNodeRole node;
    private final Path file;
    private final Map<String, BlobStore> media;
    private final Map<String, BlobStore> parts = new ConcurrentHashMap<>();
    private final Properties configured = new Properties();

    /** @param media by path; a path below one of them is a part of that */
    Media(StorageNodeRole node, Path file, Map<String, BlobStore> media) throws IOException {
        this.node = node;
        this.file = file;
        this.media = media;
        if (Files.exists(file)) {
            configured.load(new StringReader(Files.readString(file)));
        }
    }

    void serve() {
        configured.forEach((device, path) -> node.deviceCame(new DeviceName((String) device), at((String) path)));
    }

    private BlobStore at(String path) {
        return media.containsKey(path) ? media.get(path) : parts.computeIfAbsent(path, below -> media.entrySet().stream()
                .filter(one -> below.startsWith(one.getKey() + "/")).findFirst()
                .map(one -> new FolderStore(one.getValue(), below.substring(one.getKey().length() + 1))).orElse(null));
    }

    private void save() {
        try {
            StringWriter text = new StringWriter();
            configured.store(text, null);
            Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SortedSet<String> known() {
        return new TreeSet<>(Set.of("disk"));
    }

    @Override
    public SettingsForm form(String driver, String language) {
        return Forms.of(driver, "path");
    }

    @Override
    public SortedMap<String, String> settings(DeviceName device) {
        return new TreeMap<>(Map.of("path", configured.getProperty(device.value())));
    }

    @Override
    public SortedMap<DeviceName, String> configured() {
        SortedMap<DeviceName, String> devices = new TreeMap<>();
        configured.stringPropertyNames().forEach(device -> devices.put(new DeviceName(device), "disk"));
        return devices;
    }

    @Override
    public String driverOf(DeviceName device) {
        return configured.containsKey(device.value()) ? "disk" : null;
    }

    @Override
    public Change configure(DeviceName device, String driver, Map<String, String> settings) {
        String path = settings.get("path");
        boolean changed = !path.equals(configured.put(device.value(), path));
        if (changed) {
            save();
            node.deviceCame(device, at(path));
        }
        return new Change() {
            @Override
            public boolean changed() {
                return changed;
            }

            @Override
            public void undo() {
                remove(device);
            }
        };
    }

    @Override
    public Change change(DeviceName device, Map<String, String> set, Set<String> unset) {
        throw new IllegalStateException("a volume stays where it is");
    }

    @Override
    public void remove(DeviceName device) {
        Object path = configured.remove(device.value());
        if (path != null) {
            save();
            node.deviceWent(device, at((String) path));
        }
    }

    @Override
    public String problem(DeviceName device, String driver) {
        return null;
    }
}
