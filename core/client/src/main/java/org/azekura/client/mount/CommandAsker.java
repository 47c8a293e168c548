package org.azekura.client.mount;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Executor;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command on this host, which is the file system for the kernel. */
record CommandAsker(Socket command) implements Asker {

    private static final Logger LOG = LoggerFactory.getLogger(CommandAsker.class);

    @Override
    public void ask(MountedSnapshot snapshot, Executor threads) throws IOException {
        command.setSoTimeout(0);
        command.setTcpNoDelay(true);
        Answering answering = new Answering(new BufferedOutputStream(command.getOutputStream()), snapshot);
        answering.ready();
        DataInputStream in = new DataInputStream(command.getInputStream());
        for (Asked asked = Asked.next(in); asked != null; asked = Asked.next(in)) {
            Asked question = asked;
            threads.execute(() -> answer(answering, question));
        }
    }

    private void answer(Answering answering, Asked question) {
        try {
            answering.answer(question);
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void fail(BackupException why) {
        close();
    }

    @Override
    public void close() {
        try {
            command.close();
        } catch (IOException e) {
            LOG.debug("closing a command's connection: {}", e.toString());
        }
    }
}
