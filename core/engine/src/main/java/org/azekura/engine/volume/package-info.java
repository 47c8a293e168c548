/**
 * Volumes: what a piece of media says of itself. Forms and versions are those of {@link org.azekura.engine.format}.
 *
 * <p>A label is 4096 bytes of UTF-8 text with LF line ends, so that {@code head -c 4096} shows all of it:
 *
 * <pre>
 * label     = "AZEKURA VOLUME LABEL " decimal version LF explanation LF field* signature padding LF
 * field     = name ": " value LF                         in this order, each once
 *             volume     32 hexadecimal digits
 *             appliance  32 hexadecimal digits            the appliance that wrote the label
 *             pool       name of its media pool
 *             name       what people call the volume, 1 to 63 characters, none of them a control character
 *             barcode    as name; absent if nothing is glued to it
 *             set        the first volume of the pool's set, as volume; this and number are absent in that one
 *             number     which volume of the set it is, from 2; 0: it was labelled for the pool beforehand, belongs to no set, and set is
 *                        itself
 *             made       ISO 8601, UTC: 2026-01-02T03:04:05Z, or with a point and 3, 6 or 9 digits behind the seconds
 *             signer     base64 of the appliance's Ed25519 public key
 * signature = "signature: " base64 LF                    Ed25519 over every byte before this line
 * padding   = spaces, as many as 4096 bytes take
 * </pre>
 *
 * <p>The explanation is text for people, with empty lines in it; its wording is not part of the format. It ends with the first empty line behind
 * which the line "volume: " stands. The signature shows that the label is
 * as written and by whom; whether that signer is the appliance one knows, the caller compares.
 *
 * <p>A checkpoint is what the catalog knew of a pool's volumes when it was written, so that a lost catalog is made anew from the newest one and
 * what was written behind it. It is a blob {@code checkpoints/NNNNNNNNNNNNNNNN} (16 hexadecimal digits, rising from 1). An empty text or key stands
 * for none.
 *
 * <pre>
 * checkpoint = page* end                                 kinds ascend; the first page is the head
 * page       = "AZCP" u8 version u8 kind                 0 head, 1 volumes, 2 clients, 3 sessions, 4 packs, 5 snapshots, 6 deleted, 7 end
 *                                                        of version 2: 7 configuration, 8 end; of versions 3 to 5: 7 configuration, 8 media, 9 end; of
 *                                                        version 6: 7 configuration, 8 media, 9 verified, 10 end; all pages are of the same version; 4 and 5 have the pages of 3
 *              u32 length of the body                    1 byte to 2 MiB
 *              body
 *              u32 CRC-32C of the page so far
 * body       = uint count item*                          at least one item, of the page's kind; a head page has one. Any number of pages of the other
 *                                                        kinds, which ascend. Of an end: uint pages before it, uint items in them; in version 6 block proof
 * proof      = nothing, or 32 bytes: HMAC-SHA-256 over the SHA-256 of all pages before the end, by a key that HKDF-SHA-256 derives from the pool's id key with the info
 *              "azekura checkpoint"
 *
 * item       = head | volume | client | session | pack | snapshot | deleted | configuration | media | verified
 * head       = appliance id (16) text pool time written uint last job
 *              uint min uint average uint max            sizes of chunks
 *              sint compression level block key ring
 * volume     = volume id (16) text name text barcode
 * client     = text name trust group (16) block signing key
 * session    = session id (16) block sealed key          every one of the pool: its frames open also where a pack lost its header
 * pack       = pack id (16) u8 tree (0 or 1) uint size uint chunks volume id (16) text position (the driver's own) time written at uint job (0: not known)
 * snapshot   = snapshot id (16) uint bytes stored uint warnings
 * deleted    = snapshot id (16)
 * verified   = pack id (16) time                        from version 6 on: when it was read last, and found to be sound
 *
 * configuration (from version 2 on; in any order)
 *            = u8 0 uint edition                         from 1, the higher the newer; the others are of this one
 *            | u8 1 text pool uint live percent (0 to 100) text group uint patience in seconds
 *            | u8 2 text client trust group (16) sint quota (bytes, -1 for none) text pool text group uint count limit*
 *            | u8 3 text "client/" or "node/" and name text "HOST:PORT"
 *            | clear part block sealed paths           a save set; without paths and rules the block is empty
 *            | u8 5 text policy text pool uint count save set* uint count pool*       the last are those that get copies
 *            | u8 7 text policy timing text keep         from version 4 on; beside the policy of this name
 *            | u8 8 text pool uint seconds               from version 4 on: a lock
 *            | u8 9 snapshot time since flag time? until text why   from version 4 on: a pin
 *            | u8 10 uint line hash (32)                 from version 5 on: the newest line of the audit log
 *            | u8 6 block sealed key                   of the session of all that is sealed in this checkpoint, see org.azekura.engine.seal
 *            | u8 11 text plan uint count save set* uint count pool* uint per million uint files text client timing       from version 6 on: drills
 *            | u8 12 uint job snapshot time received save set text pool text client flag [sint seed uint chosen uint of] time began time ended
 *              uint entries uint bytes uint differences uint ms waiting uint ms restoring uint ms comparing text outcome     from version 6 on: a proof
 *            | u8 13 text user text role uint count text* clients flag factor flag disabled time made                              from version 6 on
 *            | u8 14 text caller text person           from version 6 on: a name that is given to none again
 *            | u8 15 uint persons (1 or 2) uint seconds     from version 6 on: the rule for dangerous acts
 *            | u8 16 block sealed private              from version 6 on
 *            | u8 17 text pool text mode ("governance" or "compliance")        from version 6 on; beside the lock of this pool
 * media (version 3; in any order)
 *            = u8 0 text pool flag blank flag scratch uint keep in seconds uint repack percent (0 to 100) uint cut after so many seconds
 *              uint cut at so many bytes uint reserve uint next set after so many seconds uint next set at so many bytes
 *              flag sealed by drives uint error factor sint bytes of spool (-1: nobody has said)
 *            | u8 1 volume id (16) flag locked flag suspect flag accepted text why text location known labelled known written uint errors
 *            | u8 2 text barcode uint mounts time seen sint loads sint bytes written sint bytes read sint errors         -1: nobody told
 *            | u8 3 volume id (16) text label text barcode time since text why            given up
 *            | u8 4 text drive text barcode uint errors (from 1) time of the last text what
 *            | u8 5 text drive flag down text why time since
 * private    = u8 0 text target text kind flag enabled text language map settings uint count text* secrets uint count text* match text quiet time made
 *            | u8 1 text name text issuer text client flag secret uint count text* scopes text claim uint count grant* uint count text* domains flag passwords
 *            | u8 2 text user text issuer text subject text shown time made
 *            | u8 3 text node text device text driver map settings uint count text* secrets
 *            | u8 4 uint job uint count text* lines    what the drill of a proof told
 *            | u8 5 text about text word
 * map        = uint count (text name text value)*      secrets are names only
 * grant      = text value text role uint count text* clients
 * timing     = text schedule text zone uint count text* blackouts flag left out in one flag caught up uint priority (0 to 100) uint at once
 *              uint spread in seconds uint retries uint seconds before a retry flag enabled
 * known      = flag [time]
 * clear part = u8 4 text client text via text name flag one file system text pre text post text dump
 * paths      = uint count path* uint count rule*
 * limit      = uint bytes a second flag hours [uint begin uint end]                  nanoseconds since midnight, the server's local time
 * path       = block
 * rule       = flag include u8 (0 glob, 1 regular expression, 2 larger, 3 marker) text value
 * save set   = text client text name
 * pool       = text
 * </pre>
 *
 * <p>Configuration is that of the whole appliance and the same in the checkpoints of all its pools, as far as they are equally new: save sets, policies, and what
 * was laid down for clients, pools and hosts. Nothing in it opens anything: no key in the clear, no code or password; paths and rules are sealed as they are in
 * manifests. What is known of media is that of the whole appliance, too: its words are plain. Where nobody has laid anything down a checkpoint
 * is of version 1, which has all but configuration and media; where nothing is known of media, of version 2. Only where a policy
 * runs by itself or lets something expire, a pool has a lock or a snapshot is pinned it is of version 4; where there is a line in the audit log, of version 5;
 * where there are users, drills, a rule for dangerous acts or anything private, of version 6.
 *
 * <p>Whose frames are in a pack and which of the sessions sealed them is not repeated: the pack's own header says it. A snapshot's manifest is a blob of
 * its own. One that the checkpoint does not name is newer than it, or was never committed, and counts if all that it leads to is there; one that it names
 * as deleted does not count.
 *
 * <p>A segment of the audit log is a blob {@code audit/FIRST-LAST-DIGITS} (numbers of its lines, 16 hexadecimal digits each, and the first eight of the SHA-256 of the blob). The same lines may
 * lie in several. Lines and their hashes are those of {@link org.azekura.api.access.AuditLog}.
 *
 * <pre>
 * segment    = "AZAU" u8 version appliance id (16) uint first hash before (32) uint last hash of the last (32) block sealed key block sealed lines proof (32)
 * lines      = (time retention time machine text who text from text operation text object text outcome hash (32))*      last - first + 1, 1 to 2000
 * </pre>
 *
 * <p>The key is sealed as in {@link org.azekura.engine.seal}; the lines are sealed as configuration is, bound to all that stands before them. The proof is HMAC-SHA-256 over all before it, by a key that
 * HKDF-SHA-256 derives from the pool's id key with the info "azekura audit segment": what has another was written by somebody who did not know that.
 *
 * <p>The file of a {@link org.azekura.engine.volume.SigningKey} is PEM: a {@code PRIVATE KEY} in PKCS #8.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.volume;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
