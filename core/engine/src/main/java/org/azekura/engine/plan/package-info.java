/** What is to be read for "these paths of this snapshot": walks trees and cuts what is wanted into batches that fit in memory. */
@Export
@Version("0.1.0")
package org.azekura.engine.plan;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
