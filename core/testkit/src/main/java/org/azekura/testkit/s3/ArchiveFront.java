package org.azekura.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.testkit.s3.Ask.Kind;

/**
 * Gives a service that speaks S3 what it lacks of an archive, by Amazon's rules. It stands before the service and passes on what comes as it came, so that its signature holds; it adds only what an archive does:
 *
 * <ul>
 * <li>what was put into GLACIER or DEEP_ARCHIVE through it can't be read (API reference, "GetObject": InvalidObjectState),
 * <li>until a copy was asked for ("RestoreObject": 202, 200 where one is there, 409 RestoreAlreadyInProgress, 403 where there is no archive),
 * <li>which HEAD tells ("HeadObject", x-amz-restore and x-amz-storage-class), and a list, if it is asked to ("ListObjectsV2", RestoreStatus);
 * <li>the copy goes again at a midnight of UTC ("Restoring an archived object"), or when a test says so.
 * </ul>
 *
 * Time goes only when a test says so. RestoreObject itself is not passed on: its signature is not looked at. One request a connection. Safe for any number of threads.
 */
public final class ArchiveFront implements AutoCloseable {

    private static final int PIECE = 64 << 10;
    private static final int NEVER = Integer.MAX_VALUE;

    private final InetSocketAddress service;
    private final ServerSocket listener;
    private final ColdObjects objects = new ColdObjects();
    private final Map<Kind, Integer> counted = new EnumMap<>(Kind.class);
    private final AtomicInteger readsUntilEnd = new AtomicInteger(NEVER);

    private ArchiveFront(InetSocketAddress service, ServerSocket listener) {
        this.service = service;
        this.listener = listener;
    }

    /** @param endpoint of the service, by plain HTTP; it has to know the class of what is put into it */
    public static ArchiveFront before(String endpoint) throws IOException {
        URI at = URI.create(endpoint);
        ArchiveFront front = new ArchiveFront(new InetSocketAddress(at.getHost(), at.getPort()), new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("archive-front").start(front::listen);
        return front;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Each request that had something brought, which is paid for, like {@code Bulk packs/ab/cd}, in order. */
    public List<String> asked() {
        return objects.asked();
    }

    /** Requests for copies that were there already. */
    public int lengthened() {
        return objects.lengthened();
    }

    /** Bucket and key of all that lies in the archive. */
    public List<String> cold() {
        return objects.all();
    }

    /** All copies that were asked for are there now. */
    public void bring() {
        objects.bring();
    }

    /** All copies that are there go. */
    public void expire() {
        objects.expire();
    }

    /** All copies go behind so many more reads of what was brought. */
    public void expireBehind(int reads) {
        readsUntilEnd.set(reads);
    }

    /** How often content of objects was asked for. */
    public int reads() {
        return count(Kind.READ);
    }

    /** How often somebody looked at one object. */
    public int looks() {
        return count(Kind.LOOK);
    }

    public int lists() {
        return count(Kind.LIST);
    }

    /** RestoreObject, whatever became of it. */
    public int retrievals() {
        return count(Kind.RETRIEVE);
    }

    private int count(Kind kind) {
        synchronized (counted) {
            return counted.getOrDefault(kind, 0);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("archive-front").start(() -> answer(client));
            } catch (IOException e) {
                // closed; or a client that was gone before it was taken
            }
        }
    }

    private void answer(Socket client) {
        try (client; InputStream in = new BufferedInputStream(client.getInputStream()); OutputStream out = client.getOutputStream()) {
            Head request = Head.read(in);
            if (request != null) {
                answer(request, in, out);
            }
        } catch (IOException e) {
            // whoever asked, or the service, went away: a connection that ends says so
        }
    }

    private void answer(Head request, InputStream in, OutputStream out) throws IOException {
        Ask ask = Ask.of(request);
        synchronized (counted) {
            counted.merge(ask.kind(), 1, Integer::sum);
        }
        long length = request.field("Content-Length") == null ? 0 : Long.parseLong(request.field("Content-Length"));
        if (ask.kind() == Kind.RETRIEVE) {
            ColdObjects.Answer said = objects.retrieve(ask.object(), new String(in.readNBytes((int) length), UTF_8));
            say(out, said.status(), said.code(), said.message(), null);
            return;
        }
        if (ask.kind() == Kind.READ && objects.storageClass(ask.object()) != null && readsUntilEnd.get() != NEVER && readsUntilEnd.getAndDecrement() == 0) {
            readsUntilEnd.set(NEVER);
            objects.expire();
        }
        try (Socket onward = new Socket()) {
            onward.connect(service);
            InputStream back = new BufferedInputStream(onward.getInputStream());
            send(request, in, length, onward.getOutputStream());
            Head answer = Head.read(back);
            while (answer != null && answer.status() == 100) {
                answer = Head.read(back);
            }
            if (answer != null) {
                finish(request, ask, answer, back, out);
            }
        }
    }

    private static void send(Head request, InputStream in, long length, OutputStream onward) throws IOException {
        onward.write(request.with("Connection", "close").bytes());
        try {
            byte[] piece = new byte[PIECE];
            for (long left = length; left > 0;) {
                int got = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (got < 0) {
                    throw new IOException("a request ended in its body");
                }
                onward.write(piece, 0, got);
                left -= got;
            }
            onward.flush();
        } catch (IOException e) {
            // a service that refuses may not take the rest; what it says is worth more
        }
    }

    private void finish(Head request, Ask ask, Head answer, InputStream back, OutputStream out) throws IOException {
        if (ask.kind() == Kind.READ && answer.isGood() && !objects.isReadable(ask.object())) {
            say(out, 403, "InvalidObjectState", "The operation is not valid for the object's storage class", objects.storageClass(ask.object()));
            return;
        }
        Head head = answer.with("Connection", "close");
        if (answer.isGood()) {
            note(request, ask);
            if (ask.kind() == Kind.LIST && "RestoreStatus".equals(request.field("x-amz-optional-object-attributes"))) {
                String bucket = request.first().split("[ ?]")[1].replaceAll("^/|/$", "");
                byte[] list = objects.listed(bucket, new String(answer.body(back), UTF_8)).getBytes(UTF_8);
                out.write(head.with("Transfer-Encoding", null).with("Content-Length", Integer.toString(list.length)).bytes());
                out.write(list);
                return;
            }
            if ((ask.kind() == Kind.LOOK || ask.kind() == Kind.READ) && objects.storageClass(ask.object()) != null) {
                head = head.with("x-amz-storage-class", objects.storageClass(ask.object())).with("x-amz-restore", objects.restore(ask.object()));
            }
        }
        out.write(head.bytes());
        back.transferTo(out);
    }

    private void note(Head request, Ask ask) {
        switch (ask.kind()) {
            case PUT -> objects.put(ask.object(), request.field("x-amz-storage-class"));
            case BEGIN -> objects.began(ask.object(), request.field("x-amz-storage-class"));
            case JOIN -> objects.joined(ask.object());
            case DELETE -> objects.deleted(ask.object());
            case READ, LOOK, LIST, RETRIEVE, OTHER -> { }
        }
    }

    private static void say(OutputStream out, int status, String code, String message, String storageClass) throws IOException {
        byte[] body = (code == null ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message + "</Message>"
                + (storageClass == null ? "" : "<StorageClass>" + storageClass + "</StorageClass>") + "</Error>").getBytes(UTF_8);
        out.write(new Head("HTTP/1.1 " + status + " " + (code == null ? "OK" : code), List.of("Content-Type: application/xml", "Content-Length: " + body.length, "Connection: close")).bytes());
        out.write(body);
    }
}
