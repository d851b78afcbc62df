export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** What each shell is to read once. It asks `usage` itself at each Tab, so it is not made anew for a new version. */
export const SCRIPTS: {readonly [S in Shell]: string} = {
  bash: `# bash completion of usage. To have it in every shell, add this to ~/.bashrc:
#   source <(usage completion bash)
_usage_completion() {
  local line=\${COMP_LINE:0:COMP_POINT} offer
  COMPREPLY=()
  while IFS= read -r offer; do
    COMPREPLY+=("$offer")
  done < <("\${COMP_WORDS[0]}" __complete bash "$line" "\${COMP_WORDS[COMP_CWORD]}" 2>/dev/null)
  # A file where nothing of ours fits, such as behind --output.
  if [[ \${#COMPREPLY[@]} -eq 0 && \${COMP_WORDS[COMP_CWORD]} != -* ]]; then compopt -o default; fi
}
complete -F _usage_completion usage
`,
  zsh: `#compdef usage
# zsh completion of usage. To have it in every shell, add this to ~/.zshrc, behind compinit:
#   source <(usage completion zsh)
_usage() {
  local offer tab=$'\\t'
  local -a values texts
  for offer in "\${(@f)$("\${words[1]}" __complete zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}"; do
    [[ -n $offer ]] || continue
    values+=("\${offer%%$tab*}")
    texts+=("\${offer/$tab/  -- }")
  done
  if (( \${#values} )); then
    compadd -l -d texts -- "\${values[@]}"
  elif [[ $PREFIX != -* ]]; then
    _files
  fi
}
if [[ \${funcstack[1]} == _usage ]]; then _usage "$@"; else compdef _usage usage; fi
`,
  fish: `# fish completion of usage. To have it in every shell:
#   usage completion fish > ~/.config/fish/completions/usage.fish
function __usage_completion
    set -l words (commandline -opc)
    set -l command $words[1]
    set -e words[1]
    $command __complete fish $words (commandline -ct) 2>/dev/null
end
complete -c usage -f -a '(__usage_completion)'
# A file behind --output.
function __usage_wants_file
    set -l words (commandline -opc)
    contains -- $words[-1] -o --output
end
complete -c usage -n __usage_wants_file -F
`,
};
