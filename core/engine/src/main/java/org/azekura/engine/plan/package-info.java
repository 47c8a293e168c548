/**
 * What is to be read for "these paths of this snapshot": walks trees and cuts what is wanted into batches that fit in memory.
 *
 * <p>A batch tells its parts in the forms of {@link org.azekura.engine.octets}, with {@code entry} of {@link org.azekura.engine.tree}, in which a
 * {@code number} is a place in the batch's list of chunks, from 0 on. It is on no medium.
 *
 * <pre>
 * parts    = u8 version  block(part)*
 * part     = uint kept                    so many bytes of the path before it, which may be in the batch before; 0 for the first of a plan
 *            block more                   follow: both together are the directory, empty or beginning with "/"
 *            uint from  flag last         where in its file the part begins, whether it is the file's last
 *            entry                        of this part's extents only, of no tree, and without a hash; its path is: directory "/" name
 * </pre>
 *
 * The directories of one batch have no more bytes together than {@link org.azekura.engine.plan.RestorePlan} lets them have, unless there is only one
 * part.
 */
@Export
@Version("0.2.0")
package org.azekura.engine.plan;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
