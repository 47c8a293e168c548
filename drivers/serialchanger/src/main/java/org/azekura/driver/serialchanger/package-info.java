/**
 * Robots with a serial command set. What a robot has and how it is spoken to stands in a profile, a text file of at most 64 KiB in UTF-8:
 * <pre>
 * profile  = "azekura serial changer 1" line*
 * line     = blank | "#" anything
 *          | "name" TEXT                                        once: for people
 *          | "line" BAUD BITS                                   once: like 9600 8N1, without flow control
 *          | "wait" SECONDS "s"                                 once, 1 to 3600: for the reply to a command
 *          | "reply" "ok" STRING                                at least once: how a command that succeeded is answered
 *          | "reply" "failed" STRING N                          how one that failed is; N (0 to 8) characters behind are the code
 *          | "code" CODE ("empty"|"taken"|"held"|"jam"|"hardware") [TEXT]       what a code means
 *          | "elements" RANGE ("picker"|"slot"|"mailslot"|"drive") ["numbered" N] ["stack"]
 *                                                               at least one picker and one drive, at most 4096 in all; N: the robot's own number of
 *                                                               the first, else 0; of a stack all have that number, and only the top is reached
 *          | "identify" STRING                                  once: changes nothing, is answered
 *          | "calibrate" STRING                                 at most once: has the robot find itself again
 *          | "move" RANGE "to" RANGE STRING+                    commands that move a cartridge so, each answered; the first line that fits counts
 * RANGE    = ADDRESS ["-" ADDRESS]                              1 to 65535
 * STRING   = '"' of 1 to 64 characters '"'                      visible ASCII and blanks; \" \\ \r \n \e (escape) \xHH
 *            in moves also {from} and {to}: the robot's number, {from:2} with so many digits (1 to 5)
 * </pre>
 * A reply is looked for in all that comes behind a command: what comes before it does not matter. Which of the replies ends first, counts.
 *
 * <p>The robot has no eyes: where cartridges are, people write down once, and the driver notes what it moves, in a file of lines:
 * <pre>
 * notes    = "azekura serial changer notes 1" (ADDRESS SP ("empty"|"unknown"|"unnamed"|"barcode" SP BARCODE))*        by address, each once
 * </pre>
 * It is replaced whole and synced, before a move (both places unknown) and after it.
 */
package org.azekura.driver.serialchanger;
