/** Space that comes back: what nothing alive needs is dropped from volumes, tree pages and keys. The order of things is told in {@link org.azekura.server.prune}. */
package org.azekura.server.job.prune;
