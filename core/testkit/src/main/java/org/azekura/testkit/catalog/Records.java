package org.azekura.testkit.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares and varies records that hold arrays. */
public final class Records {

    private Records() {}

    /** @return null, so that a query can end with it */
    public static <T> T assertEmpty(Optional<T> row) {
        assertEquals(Optional.empty(), row);
        return null;
    }

    /** Like {@link #assertRows} for the one row that must be there. */
    public static void assertRow(Record expected, Optional<? extends Record> found) {
        assertRows(List.of(expected), found.stream().toList());
    }

    /** The same rows in the same order; compares arrays by content, which records do not. */
    public static void assertRows(List<? extends Record> expected, List<? extends Record> found) {
        assertEquals(expected.stream().map(Records::values).toList(), found.stream().map(Records::values).toList());
    }

    private static List<Object> values(Record row) {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Object value = value(row, component);
            values.add(component.getName() + "=" + (value instanceof byte[] bytes ? Arrays.toString(bytes) : value));
        }
        return values;
    }

    private static Object value(Record row, RecordComponent component) {
        try {
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The same row but for one value. */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R with(R row, String name, Object changed) {
        RecordComponent[] components = row.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        boolean found = false;
        for (int i = 0; i < components.length; i++) {
            boolean it = components[i].getName().equals(name);
            found |= it;
            values[i] = it ? changed : value(row, components[i]);
            types[i] = components[i].getType();
        }
        assertTrue(found, name);
        try {
            return (R) row.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
