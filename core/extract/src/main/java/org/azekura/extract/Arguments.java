package org.azekura.extract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.RawPath;

/** What was named: volumes in folders, or drives, then paths. */
record Arguments(List<Path> folders, List<String> drives, List<RawPath> paths) {

    /**
     * Volumes come first: a folder that is one is one, whatever was saved under the same name.
     *
     * @throws IllegalArgumentException if there is no volume, or both kinds
     */
    static Arguments sort(List<String> arguments, PathForm form) {
        Arguments sorted = new Arguments(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String argument : arguments) {
            sorted.add(argument, form);
        }
        if (!sorted.folders.isEmpty() && !sorted.drives.isEmpty()) {
            throw new IllegalArgumentException("name folders or drives, not both");
        }
        return sorted;
    }

    private void add(String argument, PathForm form) {
        if (paths.isEmpty() && isDrive(argument)) {
            drives.add(argument);
            return;
        }
        boolean none = folders.isEmpty() && drives.isEmpty();
        Path folder = none || paths.isEmpty() && drives.isEmpty() ? Path.of(argument).toAbsolutePath().normalize() : null;
        if (folder != null && Volume.isAt(folder)) {
            folders.add(folder);
        } else if (none) {
            throw new IllegalArgumentException("there is no volume in " + folder + ": no \"azekura-label\" and no packs");
        } else {
            paths.add(form.typed(argument));
        }
    }

    private static boolean isDrive(String argument) {
        return argument.startsWith("iscsi://") || argument.matches("/dev/sg[0-9]+");
    }
}
