import type { Area } from '../area.ts'
import type { Context } from '../work/context.ts'
import type { Task } from '../work/run-due-tasks.ts'

/** Returns everything that happens at set times under this configuration. `kvitt job NAME` runs one by hand. */
export function tasksOf(areas: readonly Area[], context: Context): Task[] {
  return areas
    .flatMap(({ tasks = [] }) => tasks)
    .flatMap(({ name, cron, run }) => {
      const at = cron(context.config)
      return at === undefined ? [] : [{ name, cron: at, run: () => run(context, areas) }]
    })
}
