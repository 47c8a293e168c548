package org.azekura.driver.sftp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.common.SftpConstants;

/** A server that answers each kind of request as a test says, well or badly. It has a folder, and in it nothing, until it is told. The password is {@code secret}. */
final class ScriptedServer implements AutoCloseable {

    static final int FOLDER = 0040700;
    static final int FILE = 0100600;
    static final int LINK = 0120777;

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair key;
    private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
    private final List<Extension> extensions;

    /** What is sent for a request: whole packets. */
    @FunctionalInterface
    interface Answer {
        byte[] to(int id, Buffer request);
    }

    ScriptedServer(Extension... extensions) throws Exception {
        this.extensions = List.of(extensions);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        key = generator.generateKeyPair();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((user, password, session) -> password.equals("secret"));
        server.setSubsystemFactories(List.of(new SubsystemFactory() {
            @Override
            public String getName() {
                return "sftp";
            }

            @Override
            public Command createSubsystem(ChannelSession channel) {
                return new Talk();
            }
        }));
        on(SftpConstants.SSH_FXP_STAT, (id, request) -> attributes(id, FOLDER, 0));
        server.start();
    }

    /** From here on. */
    ScriptedServer on(int command, Answer answer) {
        answers.put(command, answer);
        return this;
    }

    Given given() {
        return new Given().with("port", server.getPort()).with("password", "secret").with("hostKey", KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic()))
                .with("connections", 1);
    }

    @Override
    public void close() {
        server.close(true);
    }

    static byte[] status(int id, int code) {
        return packet(SftpConstants.SSH_FXP_STATUS, id, body -> {
            body.putInt(code);
            body.putString("");
            body.putString("");
        });
    }

    static byte[] handle(int id) {
        return packet(SftpConstants.SSH_FXP_HANDLE, id, body -> body.putString("h"));
    }

    static byte[] attributes(int id, int mode, long size) {
        return packet(SftpConstants.SSH_FXP_ATTRS, id, body -> put(body, mode, size));
    }

    private static void put(Buffer body, int mode, long size) {
        body.putInt(SftpConstants.SSH_FILEXFER_ATTR_SIZE | SftpConstants.SSH_FILEXFER_ATTR_PERMISSIONS);
        body.putLong(size);
        body.putInt(mode);
    }

    /** @param length what it says is there */
    static byte[] bytes(int id, int length, byte[] bytes) {
        return packet(SftpConstants.SSH_FXP_DATA, id, body -> {
            body.putInt(length);
            body.putRawBytes(bytes);
        });
    }

    record Name(String text, int mode, long size) {}

    /** @param count how many it says there are */
    static byte[] names(int id, int count, Name... names) {
        return packet(SftpConstants.SSH_FXP_NAME, id, body -> {
            body.putInt(count);
            for (Name name : names) {
                body.putString(name.text());
                body.putString("");
                put(body, name.mode(), name.size());
            }
        });
    }

    interface Body {
        void put(Buffer body);
    }

    static byte[] packet(int type, int id, Body content) {
        Buffer packet = new ByteArrayBuffer();
        packet.putInt(0);
        packet.putByte((byte) type);
        packet.putInt(id);
        content.put(packet);
        int end = packet.wpos();
        packet.wpos(0);
        packet.putInt(end - Integer.BYTES);
        packet.wpos(end);
        return packet.getCompactData();
    }

    private final class Talk implements Command {

        private InputStream in;
        private OutputStream out;

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().start(this::talk);
        }

        private void talk() {
            try (DataInputStream requests = new DataInputStream(in)) {
                while (true) {
                    Buffer request = new ByteArrayBuffer(requests.readNBytes(requests.readInt()));
                    int command = request.getUByte();
                    out.write(command == SftpConstants.SSH_FXP_INIT ? version() : answer(command, request.getInt(), request));
                    out.flush();
                }
            } catch (IOException e) {
                // the client has gone
            }
        }

        private byte[] version() {
            return packet(SftpConstants.SSH_FXP_VERSION, SftpConstants.SFTP_V3, body -> extensions.forEach(one -> {
                body.putString(one.text());
                body.putString("1");
            }));
        }

        private byte[] answer(int command, int id, Buffer request) {
            return answers.getOrDefault(command, (number, any) -> status(number, SftpConstants.SSH_FX_NO_SUCH_FILE)).to(id, request);
        }

        @Override
        public void setInputStream(InputStream from) {
            in = from;
        }

        @Override
        public void setOutputStream(OutputStream to) {
            out = to;
        }

        @Override
        public void setErrorStream(OutputStream to) {}

        @Override
        public void setExitCallback(ExitCallback callback) {}

        @Override
        public void destroy(ChannelSession channel) {}
    }
}
