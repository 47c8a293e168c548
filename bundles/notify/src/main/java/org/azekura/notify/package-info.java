/** Who is told what happens, how, and what waits to be told. */
package org.azekura.notify;
