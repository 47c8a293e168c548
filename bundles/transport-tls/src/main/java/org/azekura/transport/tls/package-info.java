/**
 * The transport between hosts. A connection is one TCP connection with TLS 1.3, or several, one after the other: when one breaks, the side
 * that dialled dials again, and both go on where they were. The protocol's version is the name that ALPN agrees on, {@code azekura/1}.
 *
 * <p>Numbers are big-endian and unsigned, {@code name} is a byte with a length and so many bytes of UTF-8.
 * <pre>
 * link     := greeting answer unit*            the side that dialled greets; afterwards units go both ways
 * greeting := length:2 id:16 resumes:1 received:8 service:name self:name
 * answer   := length:2 code:1 received:8 text:name
 *
 * unit     := type:1 stream:4 length:4 payload  the payload has so many bytes, at most 65536
 *   1 frame   total:4 bytes                    a frame of so many bytes begins; perhaps all of it
 *   2 more    bytes                            the next ones of the frame that has begun on this stream
 *   3 open                                     a new data stream
 *   4 end                                      no frame comes on this stream any more
 *   5 reset                                    the stream is given up; what was ended still counts
 *   6 credit  bytes:4                          so many more may come on this stream
 *   7 ack     received:8                       so many units arrived; stream is 0
 *   8 ping                                     is answered by ack; stream is 0
 *   9 close                                    the connection is over; stream is 0
 * </pre>
 *
 * <p><b>Greeting.</b> {@code id} names the connection, {@code resumes} is 0 or 1, {@code received} is the number of counted units that have
 * arrived on it so far. The first half of {@code id} is the same for all connections that a process dials; whoever was started anew resumes
 * nothing, and what it had dialled before and has no link ends. {@code service} is what is dialled, {@code self} who dials. In an answer the code 0 is yes, and {@code text} the other
 * side's name; 1: no such service, 2: not trusted, 3: no such connection, 4: too busy, with a reason for people. Names must be in the certificates.
 *
 * <p><b>Streams.</b> 0 is the control stream. Those that the dialling side opens are odd, the others even, each greater than those before.
 *
 * <p><b>Credit.</b> A frame costs 64 and its bytes. Each side may send 65536 on a new stream, and what it is given beyond that. Whoever takes
 * frames gives the rest of one that has begun before anything else; it has memory for all that it gave.
 *
 * <p><b>Resuming.</b> Units but ack, ping and close are counted in each direction, from 1. What is not acknowledged is kept by its sender; after a
 * break both say how many have arrived, and what follows is sent again. A unit that came in part never came.
 *
 * <table>
 * <caption>Locks, in the order in which they may be taken</caption>
 * <tr><td>{@code Session.lock}</td><td>all of a connection: streams, inboxes, outboxes, the sequence</td></tr>
 * <tr><td>monitor of {@code Budget}</td><td>memory of all connections; whoever is given some is told with no lock held</td></tr>
 * </table>
 */
package org.azekura.transport.tls;
