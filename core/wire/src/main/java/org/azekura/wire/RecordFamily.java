package org.azekura.wire;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.message.Message;
import org.azekura.api.message.PoolOrder;

/** The records under sealed interfaces and their names: the interfaces themselves are the registry. */
final class RecordFamily {

    private final Map<String, Class<?>> types = new HashMap<>();

    RecordFamily(Class<?>... roots) {
        for (Class<?> root : roots) {
            collect(root);
        }
    }

    private void collect(Class<?> type) {
        if (type.isRecord()) {
            Class<?> other = types.put(nameOf(type), type);
            if (other != null && other != type) {
                throw new IllegalArgumentException(type + " and " + other + " have the same name");
            }
        } else if (type.isSealed()) {
            for (Class<?> sub : type.getPermittedSubclasses()) {
                collect(sub);
            }
        } else {
            throw new IllegalArgumentException(type + " is neither a record nor sealed");
        }
    }

    /** Like {@code PoolOrder.OpenPool}, whichever part of the family declares it; the simple name alone for a record that stands by itself. */
    static String nameOf(Class<?> type) {
        Class<?> around = type.getDeclaringClass();
        return around == null ? type.getSimpleName() : family(around).getSimpleName() + "." + type.getSimpleName();
    }

    /** A family may lie in several files; only what all messages have in common is no name. */
    private static Class<?> family(Class<?> part) {
        for (Class<?> above : part.getInterfaces()) {
            if (above.isSealed() && above != Message.class) {
                return family(above);
            }
        }
        return part;
    }

    /** Null if there is none of this name. */
    Class<?> typeOf(String name) {
        return types.get(name);
    }

    Iterable<Class<?>> all() {
        return types.values();
    }
}
