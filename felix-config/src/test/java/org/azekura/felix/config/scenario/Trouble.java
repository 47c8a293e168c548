package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.net.TcpProxy;

/** What may happen to a way between two hosts while a job needs it. */
enum Trouble {
    /** Every connection ends as if the other process had; nobody is reached for two seconds. */
    CUT {
        @Override
        void to(TcpProxy way) throws Exception {
            way.refuse();
            way.cut();
            pass(Duration.ofSeconds(2));
            way.admit();
        }
    },
    /** Every connection is forgotten by what lies between. */
    RESET {
        @Override
        void to(TcpProxy way) {
            way.reset();
        }
    },
    /** Nothing moves and nothing ends, for less than the transport's patience. */
    STALL {
        @Override
        void to(TcpProxy way) throws Exception {
            way.stall();
            pass(Duration.ofSeconds(4));
            way.flow();
        }
    },
    /** Nothing moves for longer than the transport's patience: it must find out by itself that the link is dead. */
    LONG_STALL {
        @Override
        void to(TcpProxy way) throws Exception {
            way.stall();
            pass(Duration.ofSeconds(25));
            way.flow();
        }
    },
    /** Little moves, and late. */
    SLOW {
        @Override
        void to(TcpProxy way) throws IOException, InterruptedException {
            way.rate(500_000);
            way.latency(Duration.ofMillis(100));
            pass(Duration.ofSeconds(5));
            way.rate(0);
            way.latency(Duration.ZERO);
        }
    };

    abstract void to(TcpProxy way) throws Exception;

    /** The time that the trouble lasts is what it is: there is nothing to wait for. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
