/// A drill that uses every key of the form.
enum WholeDrill {
    static let contents = ["shop-tuesday", "shop-wednesday", "shop-thursday"]

    static let text = """
        drill: 1
        name: newest-altered
        title: The newest backup is altered
        teaches: take the newest sound backup, not the newest one
        minutes: 10
        choose:
          cluster: [shop, billing, fleet]
          town: [Ulm, Rio]
        story: |
          The etcd of {{cluster}} in {{town}} is gone.
          A backup of it is in the bucket my-backups.
        programs: [etcd]
        world:
          clusters:
            - name: "{{cluster}}"
              backups:
                - id: older
                  content: shop-tuesday
                  age: 2d5h
                  places: [bucket, volume]
                - id: newest
                  content: shop-wednesday
                  age: 5h
                  etcd: 3.4.23
                  revision: 212
                  size: 3MiB
                  damage: altered
                  places: [service, bucket]
                - id: removed
                  content: ./ours/monday.db
                  age: 3d
                  deleted: true
                  places: [bucket]
          other-clusters: 12
          service:
            cluster: "{{cluster}}"
            faults: {down: true}
          bucket:
            name: my-backups
            prefix: prod
            versions: true
            faults: {busy: 3, reset-after: 2MiB, silent-after: 1MiB, clock-off: -20m}
          volume:
            path: /var/etcd-backup
            faults: {down: false}
          data-directories:
            - path: old/etcd-2
              backup: older
              member: etcd-2
              initial-cluster: etcd-1=http://127.0.0.1:23801,etcd-2=http://127.0.0.1:23802
              token: etcd-cluster
        parameters:
          cluster: "{{cluster}}"
          bucket: my-backups
        right: [older]
        objectives:
          - says: recovered.db is the newest sound backup
            file: recovered.db
            is: older
            sound: true
          - says: the data directory 'restored' has its keys
            data: restored
            has-key: /shop/orders/1041
            lacks-key: [/shop/orders/1055, /shop/orders/1056]
            members: 3
            forgets: old/etcd-2
          - says: an etcd serves them
            etcd: http://127.0.0.1:2379
            has-key: /shop/orders/1041
          - says: the backups are as they were
            originals: unchanged
        mistakes:
          - name: took-unverified
            when: {file: recovered.db, is: [newest, removed]}
            answer: It is the newest, but not what was saved.
            example: |
              cluster {{cluster}}
              use s3 my-backups
              pick {{newest.name}}
              get recovered.db --keep-unverified || echo kept
          - name: lets-old-members-in
            when:
              - {data: restored, remembers: old/etcd-2}
              - {etcd: "http://127.0.0.1:2379", answers: false}
              - {file: gone.db, exists: false}
            answer: |
              An old member knows the token.
            example: echo nothing
        hints:
          - What does 'verify' say?
          - |
            get recovered.db --or-older
        solution: |
          cluster {{cluster}}
          use s3 my-backups
          pick max
          get recovered.db --or-older
        debrief: |
          The newest backup is not always the right one.
        injects:
          - name: bucket-down
            at: 3m
            say: The bucket does not answer any more.
            bucket: {down: true}
          - name: all-back
            service: {}
            bucket: {}
            volume: {}

        """
}
