import Testing
import Text

@Suite("What is secret in a text")
struct SecretTextTests {
    @Test(
        "is masked by its form",
        arguments: [
            ("http://user:SECRET@host:9000/x", "http://***@host:9000/x"),
            ("https://SECRET@host", "https://***@host"),
            ("http://user:SEC@RET@host/x", "http://***@host/x"),
            ("http://user:SEC/RET@host", "http://***@host"),
            ("http://user:SE?C#RET@host", "http://***@host"),
            ("http://user:SE\"C'RET@host", "http://***@host"),
            ("user:SECRET@host:9000", "***@host:9000"),
            ("'user:SECRET@host' is not a URL", "'***@host' is not a URL"),
            ("cannot use 'http://u:SECRET@h/': no", "cannot use 'http://***@h/': no"),
            ("two http://a:SECRET@b and http://c:SECRET@d", "two http://***@b and http://***@d"),
            ("https://h/b?X-Amz-Signature=SECRET&x=1", "https://h/b?X-Amz-Signature=***&x=1"),
            (
                "h?X-Amz-Credential=SECRET%2F1&X-Amz-Date=2&X-Amz-Security-Token=SECRET#a",
                "h?X-Amz-Credential=***&X-Amz-Date=2&X-Amz-Security-Token=***#a"
            ),
            ("h?AWSAccessKeyId=SECRET&Signature=SE%3DCRET&Expires=1", "h?AWSAccessKeyId=***&Signature=***&Expires=1"),
            ("h?sv=1&sig=SECRET", "h?sv=1&sig=***"),
            ("h?password=SE'CRET", "h?password=***"),
            ("'h?token=SECRET' failed", "'h?token=***' failed"),
            ("(h?key=SECRET)", "(h?key=***)"),
            ("http://u:SECRET@h?sig=SECRET", "http://***@h?sig=***"),
            ("AWS_SECRET_ACCESS_KEY=SECRET aws s3 ls", "AWS_SECRET_ACCESS_KEY=*** aws s3 ls"),
            ("--password=SECRET", "--password=***"),
            ("--password='SEC RET' x", "--password='***' x"),
            ("token=@@SECRET", "token=***"),
            ("cannot read token=SEC:RET: no such file", "cannot read token=***: no such file"),
        ]
    )
    func masked(text: String, shown: String) {
        #expect(SecretText.masking(text) == shown)
        // What is masked once stays so.
        #expect(SecretText.masking(shown) == shown)
    }

    @Test(
        "is no more than that",
        arguments: [
            "http://host:9000/a@b", "http://host/user:name@x", "http://[::1]:9000/a@b",
            "https://host/?list-type=2&prefix=v1",
            "image:tag@sha256:0123", "git@host:path", "me@host", "a = b", "expect x == y", "--key=client.key",
            "--token-file=/run/token", "token=@/run/token", "token=$token", "--initial-cluster-token=etcd-1",
            "m1=http://10.0.0.1:2380,m2=http://10.0.0.2:2380", "?", "=", "@", "://@", "x?sig=", "sig=abc", "",
        ]
    )
    func harmless(text: String) {
        #expect(SecretText.masking(text) == text)
    }

    @Test("is masked in data only where it stands in a whole URL")
    func data() {
        #expect(SecretText.maskingURLs(in: "at http://me:SECRET@h?sig=SECRET") == "at http://***@h?sig=***")
        for text in ["foo:bar@baz.db", "token=abc.db", "me:SECRET@h"] {
            #expect(SecretText.maskingURLs(in: text) == text)
        }
    }

    @Test("is found in a text of a megabyte of signs without delay")
    func hostile() {
        for sign in ["@", "=", "token=", "://", "a:b@", "http://a:"] {
            let text = String(repeating: sign, count: (1 << 20) / sign.utf8.count)
            let duration = ContinuousClock().measure { _ = SecretText.masking(text) }
            #expect(duration < .seconds(20), "\(sign)")
        }
    }

    @Test("is masked in what someone else wrote, where it looks random")
    func tokens() {
        let token = "abcDEF0123456789abcDEF0123456789abcDEF0123456789"
        #expect(SecretText.maskingTokens("no \(token) here") == "no *** here")
        #expect(SecretText.maskingTokens("http://a:b@c, no") == "http://***@c, no")
    }
}
