/** A noun's states: for each action, the statuts it leaves from and the one it leads to. */
export type Machine<S extends string> = Record<string, { readonly from: readonly S[]; readonly to: S }>

/** True when the action may start from this statut. */
export const allows = <M extends Machine<string>>(machine: M, action: keyof M & string, statut: string): boolean =>
  machine[action]?.from.includes(statut) ?? false

/** The statut an action leads to (typed as the one of its row). */
export const next = <M extends Machine<string>, A extends keyof M & string>(machine: M, action: A): M[A]['to'] => machine[action]!.to
