package org.azekura.api.access;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;

/**
 * Callers who are no more, and which person stood behind each. Kept for good, some bytes each: a line of the audit log means one by his name, and whoever comes
 * to have a name again must not be taken for him. Of one view.
 */
public record Former(CatalogView view) {

    private static final String KEY = "access.former/";

    /** @param caller as {@link Caller#name} @param person as {@link Behind#of}; empty: nobody can tell */
    public static void note(CatalogEdit edit, String caller, Optional<String> person) throws BackupException {
        edit.putSetting(KEY + caller, person.orElse(""));
    }

    public boolean has(String caller) throws BackupException {
        return view.setting(KEY + caller).isPresent();
    }

    /** Empty if there was none of that name, or nobody can tell. */
    public Optional<String> person(String caller) throws BackupException {
        return view.setting(KEY + caller).filter(person -> !person.isEmpty());
    }

    /** The persons by callers; empty ones where nobody can tell. */
    public SortedMap<String, String> all() throws BackupException {
        SortedMap<String, String> all = new TreeMap<>();
        view.settings(KEY).forEach((name, person) -> all.put(name.substring(KEY.length()), person));
        return all;
    }
}
