/**
 * Programs that the owner of this client has put into a folder, under a name, for jobs to call: to quiesce a database, to make and drop a
 * snapshot of a file system, to dump. The server can say which name, in which phase, and nothing more.
 *
 * <table>
 * <caption>What a hook gets</caption>
 * <tr><td>arguments</td><td>none</td></tr>
 * <tr><td>standard input</td><td>{@code /dev/null}</td></tr>
 * <tr><td>working directory</td><td>{@code /}</td></tr>
 * <tr><td>session</td><td>its own; its process group ends with it when its time is over</td></tr>
 * <tr><td>{@code PATH}</td><td>the system's folders</td></tr>
 * <tr><td>{@code AZEKURA_JOB}</td><td>number of the job</td></tr>
 * <tr><td>{@code AZEKURA_KIND}</td><td>{@code backup} or {@code restore}</td></tr>
 * <tr><td>{@code AZEKURA_PHASE}</td><td>{@code pre}, {@code dump} or {@code post}</td></tr>
 * <tr><td>{@code AZEKURA_CLIENT}</td><td>whose data it is</td></tr>
 * <tr><td>{@code AZEKURA_SAVE_SET}</td><td>name of the save set; not for a restore</td></tr>
 * <tr><td>{@code AZEKURA_TARGET}</td><td>the folder that is filled; only for a restore</td></tr>
 * <tr><td>{@code AZEKURA_RESULT}</td><td>for {@code post}: {@code done}, {@code failed}, {@code cancelled}, or {@code interrupted} if the server or this
 * client went away; it may be done again then, beginning with {@code pre}</td></tr>
 * </table>
 *
 * <p>While a {@code post} is owed, a file {@code client/owed/JOB} in the home says so, in the form of {@link java.util.Properties}: {@code post} is
 * the hook's name, what begins with {@code AZEKURA_} is its environment. A client that was killed calls it when it starts again.
 */
package org.azekura.client.hook;
