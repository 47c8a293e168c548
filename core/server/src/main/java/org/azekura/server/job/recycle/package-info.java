/** How cartridges leave their pools: those on which little is needed, those that an operator names, those that are given up. */
package org.azekura.server.job.recycle;
