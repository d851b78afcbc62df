export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The exit code of `usage __complete` where the name of a file may stand. Older scripts take no notice of it. */
export const WANTS_FILE = 64;

/** What each shell is to read once. It asks `usage` itself at each Tab, so it is not made anew for a new version. */
export const SCRIPTS: {readonly [S in Shell]: string} = {
  bash: `# bash completion of usage. To have it in every shell, add this to ~/.bashrc:
#   source <(usage completion bash)
_usage_completion() {
  local line=\${COMP_LINE:0:COMP_POINT} first=\${COMP_WORDS[0]} command=usage alias offer offers code=0
  if (( BASH_VERSINFO[0] > 3 )); then alias=\${BASH_ALIASES[$first]-}; fi
  if [[ $alias == usage\\ [a-z]* ]]; then line=$alias\${line:\${#first}}; fi
  # Another file of that name is asked itself; an alias or a function might do anything.
  first=\${first/#\\~\\//$HOME/}
  if [[ $(type -t -- "$first") == file ]]; then command=$first; fi
  COMPREPLY=()
  offers=$("$command" __complete bash "$line" "$2" 2>/dev/null) || code=$?
  if [[ $code -eq ${WANTS_FILE} ]]; then compopt -o default 2>/dev/null; fi
  while IFS= read -r offer; do
    if [[ -n $offer ]]; then COMPREPLY+=("$offer"); fi
  done <<<"$offers"
  if [[ \${#COMPREPLY[@]} -eq 1 && $COMPREPLY == *[=:/] ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F _usage_completion usage
`,
  zsh: `#compdef usage
# zsh completion of usage. To have it in every shell, add this to ~/.zshrc, behind compinit:
#   source <(usage completion zsh)
_usage() {
  local offer offers command=usage tab=$'\\t'
  local -a values texts space
  local -i code
  # The quote is closed for reading, if one is open.
  local typed=\${(Q):-"$QIPREFIX$PREFIX\${compstate[quote][-1]}"}
  # Another file of that name is asked itself; an alias or a function might do anything.
  if [[ $(whence -w -- \${~\${(Q)words[1]}}) == *': command' ]]; then command=\${~\${(Q)words[1]}}; fi
  offers=$($command __complete zsh "\${(@Q)words[2,CURRENT-1]}" "$typed" 2>/dev/null) || code=$?
  for offer in "\${(@f)offers}"; do
    [[ -n $offer ]] || continue
    values+=("\${offer%%$tab*}")
    texts+=("\${offer/$tab/  -- }")
  done
  if (( \${#values} )); then
    if [[ \${#values} -eq 1 && $values[1] == *[=:/] ]]; then space=(-S ''); fi
    compadd -l "\${space[@]}" -d texts -- "\${values[@]}"
  elif (( code == ${WANTS_FILE} )); then
    if [[ $PREFIX == --*=* ]]; then compset -P 1 '*='; fi
    _files
  fi
}
if [[ \${funcstack[1]} == _usage ]]; then _usage "$@"; else compdef _usage usage; fi
`,
  fish: `# fish completion of usage. To have it in every shell:
#   usage completion fish > ~/.config/fish/completions/usage.fish
function __usage_ask
    # Asked once for a line, although both conditions below want to know.
    set -l line (commandline -cp)
    set -q __usage_line; and test "$line" = "$__usage_line"; and return
    set -l words (commandline -opc)
    while string match -qr '^\\\\w+=' -- $words[1]
        set -e words[1]
    end
    # An open quote is read as if it were closed, but an escape must be whole.
    set -l token (commandline -ct)
    set -l typed (string unescape -- $token; or string unescape -- (string replace -r '\\\\\\\\$' '' -- $token))
    # Another file of that name is asked itself; a function might do anything.
    set -l command usage
    set -l first (string replace -r '^~/' "$HOME/" -- $words[1])
    set -l kind (type -t -- $first 2>/dev/null)
    test "$kind" = file; and set command $first
    set -e words[1]
    set -g __usage_offers ($command __complete fish $words "$typed" 2>/dev/null)
    set -g __usage_code $status
    set -g __usage_line "$line"
end
function __usage_forget --on-event fish_prompt
    set -e __usage_line
end
function __usage_completion
    __usage_ask
    string join \\n -- $__usage_offers
end
function __usage_wants_file
    __usage_ask
    test $__usage_code -eq ${WANTS_FILE}
end
complete -c usage -f -a '(__usage_completion)'
complete -c usage -n __usage_wants_file -F
`,
};
