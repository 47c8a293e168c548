/** What was saved, read within this process: offered by the backup client that runs in it. */
@Export
@Version("0.1.0")
package org.azekura.api.content;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
