package io.oomstream.rehearsal;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.runtime.util.ZooKeeperUtils;

/**
 * What the operator takes out of the high availability store before it deploys another image with
 * upgradeMode last-state: the job graph, which is of the image that stored it. The checkpoints
 * stay, and the new image starts from them with a graph of its own.
 */
final class StoredJobGraph {

  private StoredJobGraph() {}

  static void remove(Configuration configuration) throws Exception {
    try (var client = ZooKeeperUtils.startCuratorFramework(configuration, e -> {})) {
      client
          .asCuratorFramework()
          .delete()
          .deletingChildrenIfNeeded()
          .forPath(configuration.get(HighAvailabilityOptions.HA_ZOOKEEPER_EXECUTION_PLANS_PATH));
    }
  }
}
