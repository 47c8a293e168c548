package org.azekura.driver.tape.sg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the library comes again with each new version of the bundle, as a framework loads it, and goes with it. */
class SgNativeTest {

    private static final Path BUILT = Path.of("target/classes/native/libazekura_sg.so");
    private static final int VERSIONS = 3;

    @TempDir
    Path dir;

    /** A bundle: has classes of its own of this package, and its own copy of the library. */
    private static final class Bundle extends ClassLoader {
        private final Path library;

        Bundle(Path library) {
            super(SgNativeTest.class.getClassLoader());
            this.library = library;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : name.startsWith("org.azekura.driver.tape.") ? own(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        /** Nothing lies in it beside its classes. */
        @Override
        public InputStream getResourceAsStream(String name) {
            return null;
        }

        @Override
        protected String findLibrary(String name) {
            return library.toString();
        }
    }

    /** @return the class that has the natives */
    private Class<?> used(int version) throws Exception {
        Path folder = Files.createDirectory(dir.resolve("version" + version)).toRealPath();
        Bundle bundle = new Bundle(Files.copy(BUILT, folder.resolve("libazekura_sg.so")));
        Object path = bundle.loadClass(SgPath.class.getName()).getConstructor(Path.class).newInstance(Path.of("/dev/null"));
        var open = path.getClass().getMethod("open");
        InvocationTargetException e = assertThrows(InvocationTargetException.class, () -> open.invoke(path));
        BackupException refused = assertInstanceOf(BackupException.class, e.getCause());
        assertTrue(refused.getMessage().contains("no device of the SCSI generic driver"), "the native was asked: " + refused.getMessage());
        return bundle.loadClass(SgNative.class.getName());
    }

    @Test
    void loadsAgainForEachVersionOfTheBundleAndGoesWithIt() throws Exception {
        assertNotSame(used(0), used(1));
        for (int version = 2; version < VERSIONS; version++) {
            used(version);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        long mapped = mapped();
        while (mapped > 1 && System.nanoTime() < end) {
            System.gc();
            mapped = mapped();
        }
        assertTrue(mapped <= 1, mapped + " libraries are left of " + VERSIONS);
    }

    private long mapped() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(line -> line.contains(dir.toString())).map(line -> line.substring(line.indexOf('/')))
                .distinct().count();
    }

    @Test
    void aMachineForWhichThereIsNoLibraryIsTold() throws Exception {
        Bundle bundle = new Bundle(dir.resolve("missing.so"));
        Object path = bundle.loadClass(SgPath.class.getName()).getConstructor(Path.class).newInstance(Path.of("/dev/null"));
        var open = path.getClass().getMethod("open");
        BackupException e = (BackupException) assertThrows(InvocationTargetException.class, () -> open.invoke(path)).getCause();
        assertEquals("device.io", e.failure().code());
        assertTrue(e.getMessage().contains("does not fit to this machine"), e.getMessage());
    }
}
