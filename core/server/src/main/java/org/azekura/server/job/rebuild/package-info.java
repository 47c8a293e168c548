/** A lost catalog that is made anew from volumes. */
package org.azekura.server.job.rebuild;
