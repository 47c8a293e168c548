/**
 * A tape library in a folder: the reference driver of drives and changers. How to use it is in {@code docs/simulator.md}.
 *
 * <p>In the folder lie:
 * <pre>
 * lock                         locked by the process that has the library open
 * library                      where each cartridge is, below
 * faults                       written by people, below; may be missing
 * cartridges/BARCODE.objects   what lies on a cartridge, below; made when it is loaded first
 * cartridges/BARCODE.content   contents of its blocks, one behind the other
 * *.new                        half-written; means nothing
 * </pre>
 *
 * <p><b>objects.</b> Integers are unsigned and big-endian, checksums CRC-32C.
 * <pre>
 * objects  = head (4096), entry (40)*
 * head     = "AZSIMTAP" (8), u32 version = 1, barcode (32, ASCII, zeros behind), u64 capacity in bytes, u32 checksum of the 52 before;
 *            at 512 and at 1024: note (24); at 1536: wear (36); at 1600: post (44)*2; at 2048: memory (2048); all else zero
 * note     = u64 sequence, u64 durable, u32 epoch, u32 checksum of the 20 before
 *            the valid one with the greater sequence counts; the next goes to 512 if its sequence is even, else to 1024
 * wear     = zeros, or u64 bytes written, u64 bytes read, u64 errors while writing that were not corrected, u64 while reading, u32 checksum of the 32 before
 * post     = zeros, or u64 object + 1, of which volume (32, ASCII, zeros behind), u32 checksum of the 40 before; the last that was written, then the one before
 * memory   = zeros, or text*6 (vendor, application, version, label, barcode, pool), zeros, u32 checksum of the 2044 before
 * text     = u16 length, UTF-8
 * entry    = u64 offset in the file of contents, u64 bytes of tape before it, u32 length of the block, u32 number (from 0, low 32 bits),
 *            u32 epoch, u8 kind, u8 form, u16 zero, u32 checksum of the content as it is stored, u32 checksum of the 36 before
 * kind     = 0 block, 1 filemark (length 0, form 0)
 * form     = 0 as it is; 1 all zeros, nothing stored; 2 the same, and compressed: 512 bytes of tape; 3 sealed: nonce (12), AES-256-GCM, tag (16)
 * </pre>
 * A filemark takes 512 bytes of tape. The first {@code durable} entries count. Those behind count as long as each has the note's epoch, begins where the
 * one before ends, and its content has its checksum; the first that does not is the end of data. Before entries are cut off, all before them are
 * synced and a note with the next epoch is: so what was cut off never comes back. A content behind {@code durable} objects that
 * does not have its checksum is a block that can't be read.
 *
 * <p><b>library.</b> Lines of ASCII. Addresses are decimal; 0 is outside of the library.
 * <pre>
 * azekura simulator 1
 * serial HHHHHHHH
 * cartridge BARCODE at ADDRESS from ADDRESS uses NUMBER[ protected]
 * fired NUMBER LINE                          how often this line of the faults took effect
 * end HHHHHHHH                               checksum of all before this line
 * </pre>
 *
 * <p><b>faults.</b> Lines of ASCII, in any number of blanks; empty ones and those that begin with {@code #} say nothing. The first line that fits a call
 * and is not used up decides, one for each call.
 * <pre>
 * fault    = call[ block NUMBER][ of BARCODE][ drive NUMBER][ always| NUMBER times]: what
 *            block: of the call at which the drive stands in front of this object, counted from 0, filemarks too. Once, if nothing is said
 * call     = load|unload|write|filemarks|read|locate|space|position|erase|any|move|inventory|initialise
 *            any: any of a drive; locate: rewind, too
 * what     = hardware error|reservation conflict|no answer|no answer afterwards|reset|hang|takes N s        all calls
 *          | power off|alert N                                                                              all of a drive
 *          | tape moved to N                             write to erase: somebody did that before
 *          | medium error                                load to read
 *          | deferred error|false good|early warning|programmed warning|full        write, filemarks
 *          | corrects N errors                           write, filemarks, read
 *          | flip bit N                                  write, read
 *          | flip bit N unreadably                       write
 *          | cut N bytes                                 read: so much is missing, and nobody says so
 *          | calibrating N s                             load
 *          | old memory                                  load: where something lies is told as it was before the last time
 *          | keeps the key                               unload: the next cartridge meets the key of this one
 *          | says N                                      position
 *          | jam                                         move: the cartridge stays in the picker
 *          | no barcode|no access                        inventory
 * hand     = insert BARCODE|take BARCODE|protect BARCODE|unprotect BARCODE|power off drive NUMBER
 *            done once, before the next call of anything; the same line a second time is done a second time
 * </pre>
 */
package org.azekura.driver.simulator;
