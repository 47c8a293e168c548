package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.message.CheckBatch;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.RestoreBatch;
import org.junit.jupiter.api.Test;

/** The server cannot make a client run a command: nothing that it says to one has room for that. */
class NoCommandTest {

    /** Text in what a client takes, and what it is for. None of it is ever given to a program as what to run. */
    private static final Set<String> TEXTS = Set.of(
            "Rule.value", // held against names of files
            "PathProblem.reason", // for people
            "Unset.kind", "Unset.reason", // for people
            "Endpoint.transport", "Endpoint.scheme", "Endpoint.address", // where a node is
            "HookName.value"); // a plain name

    private final Set<Type> looked = new HashSet<>();
    private final Set<String> texts = new TreeSet<>();

    @Test
    void noMessageToAClientHasRoomForACommand() {
        for (Class<?> type : List.of(ClientOrder.class, RestoreBatch.class, CheckBatch.class)) {
            look(type, "");
        }
        Set<String> unexpected = new TreeSet<>(texts);
        unexpected.removeIf(text -> TEXTS.contains(text) || text.endsWith("Name.value"));
        assertEquals(Set.of(), unexpected);
        assertEquals(true, texts.contains("HookName.value"), texts::toString);
    }

    private void look(Type type, String where) {
        if (type == String.class) {
            texts.add(where);
        } else if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                look(argument, where);
            }
        } else if (type instanceof Class<?> plain && looked.add(plain)) {
            if (plain.isSealed()) {
                for (Class<?> sub : plain.getPermittedSubclasses()) {
                    look(sub, where);
                }
            } else if (plain.isRecord()) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    look(component.getGenericType(), plain.getSimpleName() + "." + component.getName());
                }
            }
        }
    }

    @Test
    void aHookIsNamedByAPlainNameOnly() {
        for (String no : new String[] {"", ".", "..", "../x", "/bin/sh", "a/b", "a b", "-c", "a;b", "a\nb", "$(x)", "a\0", "é", ".hidden", "x".repeat(64)}) {
            assertThrows(IllegalArgumentException.class, () -> new HookName(no), no);
        }
        assertThrows(IllegalArgumentException.class, () -> new HookName(null));
        assertEquals(HookName.class, Hooks.class.getRecordComponents()[0].getType());
        assertEquals("pg_dump.sh-2", new HookName("pg_dump.sh-2").value());
        assertEquals(63, new HookName("x".repeat(63)).value().length());
    }
}
