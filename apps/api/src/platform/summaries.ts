const summaries = new Map<string, string>()

/** Kept as a route is bound: the journal says an action by the summary of its route. */
export const keepSummary = (name: string, summary: string): void => void summaries.set(name, summary)

/** What a route does, in French, or undefined for a name that no bound route has. */
export const summaryOf = (name: string): string | undefined => summaries.get(name)
