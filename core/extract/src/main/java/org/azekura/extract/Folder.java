package org.azekura.extract;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;

/** A volume that is a folder. */
record Folder(Path path) implements Medium {

    @Override
    public String where() {
        return path.toString();
    }

    @Override
    public List<String> names(String prefix) throws BackupException {
        List<String> names = new ArrayList<>();
        int slash = prefix.lastIndexOf('/');
        collect(path.resolve(prefix.substring(0, slash + 1)), prefix.substring(0, slash + 1), prefix, names);
        names.sort(null);
        return names;
    }

    private static void collect(Path folder, String before, String prefix, List<String> into) throws BackupException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                String name = before + each.getFileName();
                if (name.startsWith(prefix) && Files.isDirectory(each)) {
                    collect(each, name + "/", prefix, into);
                } else if (name.startsWith(prefix)) {
                    into.add(name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // There is none.
        } catch (IOException | DirectoryIteratorException e) {
            throw Volume.unreadable(folder.toString(), e);
        }
    }

    @Override
    public boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    @Override
    public Blob open(String name) throws BackupException {
        return new FilePack(path.resolve(name));
    }

    @Override
    public List<Medium> copies() throws BackupException {
        List<Medium> copies = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path.resolve("copies"))) {
            all.forEach(below -> copies.add(new Folder(below)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return copies;
        } catch (IOException | DirectoryIteratorException e) {
            throw Volume.unreadable(path.resolve("copies").toString(), e);
        }
        copies.removeIf(copy -> !Volume.isAt(Path.of(copy.where())));
        copies.sort(Comparator.comparing(Medium::where));
        return copies;
    }

    @Override
    public boolean isTape() {
        return false;
    }
}
