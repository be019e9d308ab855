import Testing

@testable import S3Store

@Suite("A file of AWS profiles")
struct AWSProfileFileTests {
    @Test("is read with comments, blanks, colons, nested settings, continued values and Windows line ends")
    func everything() throws {
        let text = """
            # the first line
            [default]
            Region = eu-west-1
            output: json
              ; a comment inside
            s3 =
              addressing_style = path

              endpoint_url=https://host:9000/a=b

            [ profile prod ] ; the real one
              role_arn = arn:aws:iam::1:role/x
              credential_process = helper
                --long
            empty =
            [profile "two words"]
            region = a # not a comment
            [sso-session corp]
            sso_region = eu-west-1
            [services local]
            s3 =
              endpoint_url = http://localhost:9000
            [prod]
            region = ignored
            [profile 'prod]
            region = ignored
            [default]
            output = text
            """
        for text in [text, text.replacing("\n", with: "\r\n")] {
            let file = try AWSProfileFile(text, kind: .config)
            #expect(file.profileNames == ["default", "prod", "two words"])
            let normal = try #require(file[.profile("default")])
            #expect(normal["region"] == "eu-west-1")
            #expect(normal["output"] == "text")
            #expect(normal["s3", "addressing_style"] == "path")
            #expect(normal["s3", "endpoint_url"] == "https://host:9000/a=b")
            let prod = try #require(file[.profile("prod")])
            #expect(prod["role_arn"] == "arn:aws:iam::1:role/x")
            #expect(prod["credential_process"] == "helper\n--long")
            #expect(prod["empty"] == nil)
            #expect(prod["region"] == nil)
            #expect(file[.profile("two words")]?["region"] == "a # not a comment")
            #expect(file[.session("corp")]?["sso_region"] == "eu-west-1")
            #expect(file[.services("local")]?["s3", "endpoint_url"] == "http://localhost:9000")
        }
    }

    @Test("has every section for a profile where it is the credentials file")
    func credentials() throws {
        let file = try AWSProfileFile("[default]\n[prod]\nA = 1\n[profile odd]\n", kind: .credentials)
        #expect(file.profileNames == ["default", "prod", "profile odd"])
        #expect(file[.profile("prod")]?["a"] == "1")
    }

    @Test(
        "names the line that means nothing, and does not quote it",
        arguments: [
            ("a = 1", 1, "is before the first section"),
            ("\n[default", 2, "has no ']' at its end"),
            ("[default]\nSECRET", 2, "is neither a [section] nor a 'name = value'"),
            ("[default]\n= SECRET", 2, "is neither a [section] nor a 'name = value'"),
            ("[default]\r\ns3 =\r\n  SECRET", 3, "is neither a [section] nor a 'name = value'"),
        ]
    )
    func broken(text: String, line: Int, reason: String) throws {
        let error = try #require(throws: AWSProfileFileError.self) { try AWSProfileFile(text, kind: .config) }
        #expect(error.line == line)
        #expect(error.reason == reason)
    }

    @Test("shows no value when it is printed or dumped")
    func secrets() throws {
        let file = try AWSProfileFile("[default]\naws_secret_access_key = SECRET", kind: .config)
        var dumped = "\(file) \(String(reflecting: file)) \(file[.profile("default")] as Any)"
        dump(file, to: &dumped)
        #expect(!dumped.contains("SECRET"))
        #expect(dumped.contains("aws_secret_access_key"))
    }
}
