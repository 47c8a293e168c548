/** Who is told what happens. */
package org.azekura.cli.notify;
