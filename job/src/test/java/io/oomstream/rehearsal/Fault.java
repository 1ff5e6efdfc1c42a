package io.oomstream.rehearsal;

import java.time.Duration;
import java.util.Locale;

/** What can happen to the deployment while records flow. */
enum Fault {
  NONE {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(10);
      run.strike();
    }
  },
  TASKMANAGER_KILLED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(12);
      run.strike();
      run.killTaskManager(0);
      run.startTaskManager();
      run.at(38);
      run.killTaskManager(1);
      run.startTaskManager();
    }
  },
  JOBMANAGER_KILLED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(14);
      run.strike();
      run.restartJobManager();
    }
  },
  /** Longer than {@code assemble.stall-time}. */
  BROKER_KILLED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(12);
      run.strike();
      run.killBroker();
      run.at(52);
      run.startBroker();
    }
  },
  BROKER_AND_JOBMANAGER_KILLED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(12);
      run.strike();
      run.killBroker();
      run.at(17);
      run.restartJobManager();
      run.at(45);
      run.startBroker();
    }
  },
  TASKMANAGER_STOPPED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(12);
      run.strike();
      run.freezeTaskManager(0, Duration.ofSeconds(30));
    }
  },
  CHECKPOINTS_READ_ONLY {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(15);
      run.strike();
      run.sealStorage(Duration.ofSeconds(30));
    }
  },
  RESCALED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(12);
      run.strike();
      run.redeploy(3, false);
      run.at(40);
      run.redeploy(1, false);
    }
  },
  UPGRADED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(15);
      run.strike();
      run.redeploy(2, true);
    }
  },
  BACKLOG {
    @Override
    void run(FaultRun run) throws Exception {
      run.createTopics();
      run.watch();
      run.writeBacklog(Duration.ofHours(1));
      run.strike();
      run.startCluster(run.release(), 2, null, 2);
      run.awaitRunning();
    }
  },
  OUTPUT_MISSING {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(15);
      run.strike();
      run.deleteTopic("output.signals.topic");
      run.at(35);
      run.createTopic("output.signals.topic");
    }
  },
  COORDINATOR_MOVED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(15);
      run.strike();
      run.moveCoordinators();
    }
  },
  KAFKA_AWAY_AT_START {
    @Override
    void run(FaultRun run) throws Exception {
      run.createTopics();
      run.watch();
      run.killBroker();
      run.strike();
      run.startCluster(run.release(), 2, null, 2);
      run.sleep(Duration.ofSeconds(20));
      run.startBroker();
      run.awaitRunning();
      run.startFeed();
    }
  },
  TOPICS_MADE_LATER {
    @Override
    void run(FaultRun run) throws Exception {
      run.strike();
      run.startCluster(run.release(), 2, null, 2);
      run.sleep(Duration.ofSeconds(20));
      run.createTopics();
      run.watch();
      run.awaitRunning();
      run.startFeed();
    }
  },
  /** Two faults in one life: what every build tries. */
  TASKMANAGER_THEN_JOBMANAGER_KILLED {
    @Override
    void run(FaultRun run) throws Exception {
      run.begin();
      run.at(15);
      run.strike();
      run.killTaskManager(0);
      run.startTaskManager();
      run.at(40);
      run.restartJobManager();
    }
  },
  EXACTLY_ONCE_TASKMANAGER_KILLED {
    @Override
    boolean exactlyOnce() {
      return true;
    }

    @Override
    void run(FaultRun run) throws Exception {
      TASKMANAGER_KILLED.run(run);
    }
  },
  EXACTLY_ONCE_JOBMANAGER_KILLED {
    @Override
    boolean exactlyOnce() {
      return true;
    }

    @Override
    void run(FaultRun run) throws Exception {
      JOBMANAGER_KILLED.run(run);
    }
  };

  /** All of it up to the last record. */
  abstract void run(FaultRun run) throws Exception;

  boolean exactlyOnce() {
    return false;
  }

  /** As an argument: {@code taskmanager-killed}. */
  String argument() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Fault of(String argument) {
    return valueOf(argument.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
