package io.playgrant.bench.measure;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Counts the bytes that the threads of a Java process allocate. The virtual machine counts them anyway; it is asked through its own
 * management interface, attached from outside, so that the program runs as it always does.
 */
public final class Allocation implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;

    private Allocation(JMXConnector connector, ThreadMXBean threads) {
        this.connector = connector;
        this.threads = threads;
    }

    /** Attaches to a process. */
    @SuppressWarnings("BanJNDI") // the address is that of a process of our own
    public static Allocation of(long pid) throws IOException {
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address(pid)));
        return new Allocation(
                connector,
                ManagementFactory.newPlatformMXBeanProxy(
                        connector.getMBeanServerConnection(),
                        ManagementFactory.THREAD_MXBEAN_NAME,
                        ThreadMXBean.class));
    }

    private static String address(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    /** The bytes that each thread has allocated. */
    public Map<Long, Long> snapshot() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> snapshot = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // -1 for a thread that has just ended.
            snapshot.put(ids[i], Math.max(0, bytes[i]));
        }
        return snapshot;
    }

    /** The bytes that were allocated since a snapshot, without those of threads that have ended meanwhile. */
    public long since(Map<Long, Long> snapshot) {
        return snapshot().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - snapshot.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
