# The release as it is carried to other machines: built, stripped, looked at and run. To be sourced by scripts/test.

# refuse SENTENCE: what is wrong with the release; the rest is looked at, too.
refuse() {
    say "cannot pass the release: $1"
    is_refused=yes
}

say 'building the release'
release=$(mktemp -d "${TMPDIR:-/tmp}/snapsh-release.XXXXXX")
swift build -c release --static-swift-stdlib --disable-local-rpath --product snapsh
built=$(swift build -c release --show-bin-path)/snapsh
install --strip "$built" "$release/snapsh"
is_refused=

readonly size_limit=30000000
size=$(stat --format=%s "$release/snapsh")
((size < size_limit)) || refuse "it has $size bytes, and may have $size_limit"

# It is carried to machines that have no other library than the C library.
dynamic=$(readelf --dynamic --wide "$release/snapsh")
while read -r library; do
    [[ $library =~ ^(libc|libm|ld-linux-.*)\.so\.[0-9]+$ ]] || refuse "it needs $library"
done < <(sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p' <<<"$dynamic")
grep -q '(NEEDED).*\[libc\.so' <<<"$dynamic" || refuse 'readelf does not say which libraries it needs'
! grep -E '\((RPATH|RUNPATH)\)' <<<"$dynamic" || refuse 'it looks for libraries beside itself, which anyone may put there'
grep -q 'Flags:.*PIE' <<<"$dynamic" || refuse 'it lies at the same address in every run'
readelf --segments --wide "$release/snapsh" | grep -q GNU_RELRO || refuse 'its relocated tables can be written to'

# Any of these brings tens of megabytes. The names of functions stand in what is not stripped.
for name in FoundationInternationalization _FoundationICU FoundationXML FoundationNetworking xmlParseDocument ucol_open; do
    ! grep --quiet --text "$name" "$built" || refuse "it contains $name"
done
grep --quiet --text FoundationEssentials "$built" || refuse 'it does not contain the names that this test looks for'

# Where nothing is but the program itself.
(cd "$release" && env --ignore-environment ./snapsh -c help) | grep -q '^ *restore ' || refuse "'help' does not run"

# The tests that run the program run this one.
SNAPSH_PROGRAM=$release/snapsh run_tests --filter '^SnapshTests\.' || refuse 'tests fail with it, see above'
rm -r "$release"
[[ -z $is_refused ]] || exit 1
say "the release passes: $((size / 1000000)).$((size % 1000000 / 100000)) MB"
