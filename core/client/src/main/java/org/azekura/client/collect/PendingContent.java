package org.azekura.client.collect;

import org.azekura.api.BackupException;
import org.azekura.engine.tree.Entry;

/** The content of an entry, which may have chunks that are not named yet. Used by the reader only. */
interface PendingContent {

    /** Whether {@link #content} can be told. */
    boolean ready() throws BackupException;

    Entry.Content content() throws BackupException;

    /** A content that is known. */
    record Known(Entry.Content content) implements PendingContent {
        @Override
        public boolean ready() {
            return true;
        }
    }
}
