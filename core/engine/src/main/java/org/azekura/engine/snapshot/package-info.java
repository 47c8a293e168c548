/**
 * Snapshots: what a client says of one, signed, as it lies in the catalog and on the volume.
 *
 * <p>Names of what was saved stand in the details only, which are sealed as {@link org.azekura.engine.seal} says.
 *
 * <p>Version 0: may still change. {@code uint}, {@code sint}, {@code block}, {@code text} and {@code time} are those of
 * {@link org.azekura.engine.tree}.
 *
 * <pre>
 * manifest = "AZSM"  u8 version (0)                   at most 4 MiB
 *            snapshot id (16)  uint job  text client
 *            text save set
 *            text pool  uint min  uint average  uint max       sizes of chunks
 *            sint compression level
 *            chunk id (32) of the tree of "/"
 *            flag  [snapshot id (16) of the parent]
 *            time started  time ended                 by the client's clock
 *            uint files  uint bytes  uint directories
 *            session id (16)  block sealed session key (at most 4096)
 *            block details                            sealed; bound to all of the manifest before this block
 * details  = uint count  root*  uint count  rule*  flag one file system  uint count  skipped*
 * root     = block path
 * rule     = flag include  u8 kind (0 glob, 1 regular expression, 2 larger, 3 marker)  text value
 * skipped  = block path  text reason  uint count  range*
 * range    = uint from  uint to
 * flag     = u8 (0 no, 1 yes)
 *
 * signed   = "AZSS"  u8 version (0)
 *            block manifest
 *            block signature                          Ed25519 over the manifest's bytes
 *            block public key of the signer           X.509 form
 *            time received                            by the server's clock; not signed by the client
 * </pre>
 */
@Export
@Version("0.1.0")
package org.azekura.engine.snapshot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
