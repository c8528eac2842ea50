/** What a bench is given: a database migrated and seeded (base), the keys of its codes, how much of the full measure to do. */
export type Setting = {
  appUrl: string
  ownerUrl: string
  secretsDir: string
  scale: number
  /** Environment of the processes it starts. */
  env: NodeJS.ProcessEnv
}
/** Prints its figures and answers whether the aim is met. */
export type Bench = (setting: Setting) => Promise<boolean>
