package org.azekura.client.mount;

import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.message.MountAnswer;
import org.azekura.api.message.MountQuestion;
import org.azekura.client.job.Tally;

/** What is in a snapshot, and in its files. Safe for any number of threads. */
record MountedSnapshot(Questions server, FileBytes files, ReadAhead ahead, Tally tally, Troubles troubles) {

    /** Is told what could not be answered. */
    @FunctionalInterface
    interface Troubles {
        void failed(BackupException why);
    }

    /** One entry, or none. */
    MountAnswer.Entries look(RawPath path) throws BackupException {
        return server.ask(new MountQuestion.Look(path), MountAnswer.Entries.class);
    }

    MountAnswer.Entries names(RawPath directory, byte[] after, int most) throws BackupException {
        return server.ask(new MountQuestion.ListNames(directory, after, most), MountAnswer.Entries.class);
    }

    /** See {@link FileBytes#read}. */
    byte[] read(RawPath file, long from, int length) throws BackupException {
        byte[] bytes = files.read(file, from, length);
        if (from == 0) {
            tally.file();
        }
        tally.bytes(bytes.length);
        return bytes;
    }
}
