package org.azekura.access;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;

/**
 * Callers who are no more, and which person stood behind each. Kept for good, some bytes each: a line of the audit log means one by his name, and whoever comes
 * to have a name again must not be taken for him. Of one view.
 */
record Former(CatalogView view) {

    private static final String KEY = "access.former/";

    /** @param caller as {@link org.azekura.api.access.Caller#name} @param person as {@link Persons#of}; empty: nobody can tell */
    static void note(CatalogEdit edit, String caller, Optional<String> person) throws BackupException {
        edit.putSetting(KEY + caller, person.orElse(""));
    }

    boolean has(String caller) throws BackupException {
        return view.setting(KEY + caller).isPresent();
    }

    /** Empty if there was none of that name, or nobody can tell. */
    Optional<String> person(String caller) throws BackupException {
        return view.setting(KEY + caller).filter(person -> !person.isEmpty());
    }
}
