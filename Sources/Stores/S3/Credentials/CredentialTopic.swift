import Backups

extension SourceTopic {
    /// Whose keys are used.
    static let credentials = SourceTopic(
        "credentials",
        """
          \(.use(source: "s3", place: "BUCKET")) takes the keys of the first that has any, in the
          order of the AWS CLI:
          1  AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, and
             AWS_SESSION_TOKEN where there is one
          2  the role of the profile: role_arn in ~/.aws/config
          3  a web identity: AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, as in EKS
          4  single sign-on, after 'aws sso login'
          5  the keys of the profile in ~/.aws/credentials
          6  the program that credential_process of the profile names
          7  the keys of the profile in ~/.aws/config
          8  the container's, of ECS or EKS Pod Identity
          9  the machine's role, of EC2

          \(setting: "profile", "NAME") names the profile, and leaves out the keys of the environment;
          AWS_PROFILE names it, too. \(setting: "anonymous") sends no keys, for a public bucket.
          It says whose keys it takes. If there are none, set them in the system's shell:
          export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…, and start snapsh from there.
          Keys are shown nowhere, and are kept in no history, record or transcript.
        """
    )
}
